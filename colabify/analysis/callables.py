"""Callables that take a path: which argument it is, and what they do with it. A new one is a line.

Names are full names, as the import table resolves them. ``read`` fails if the file is not there,
``write`` makes it, ``folder`` makes a folder, ``open`` reads or writes by its mode; ``list`` reads a folder.
"""

from __future__ import annotations

from typing import Literal

Effect = Literal["read", "write", "folder", "open", "list"]

_READ = """
numpy.load numpy.loadtxt numpy.genfromtxt numpy.fromfile numpy.memmap
pandas.read_csv pandas.read_table pandas.read_excel pandas.read_json pandas.read_hdf
pandas.read_pickle pandas.read_parquet pandas.read_feather pandas.read_stata pandas.read_fwf
pandas.read_sas pandas.read_spss pandas.read_xml
scipy.io.loadmat scipy.io.wavfile.read scipy.io.netcdf_file scipy.misc.imread scipy.ndimage.imread
imageio.imread imageio.v2.imread imageio.v3.imread imageio.mimread imageio.get_reader
skimage.io.imread skimage.io.imread_collection cv2.imread cv2.VideoCapture cv2.CascadeClassifier
matplotlib.pyplot.imread matplotlib.image.imread
PIL.Image.open
torch.load torch.jit.load torchvision.io.read_image torchvision.datasets.ImageFolder
tensorflow.keras.models.load_model keras.models.load_model tensorflow.io.read_file
tensorflow.keras.preprocessing.image.load_img keras.preprocessing.image.load_img
tensorflow.keras.utils.load_img tensorflow.keras.utils.image_dataset_from_directory
tensorflow.saved_model.load
joblib.load sklearn.externals.joblib.load librosa.load soundfile.read
networkx.read_gml networkx.read_graphml networkx.read_edgelist networkx.read_adjlist
geopandas.read_file xarray.open_dataset netCDF4.Dataset gensim.models.KeyedVectors.load
gensim.models.KeyedVectors.load_word2vec_format gensim.models.Word2Vec.load
IPython.display.Image IPython.display.SVG IPython.display.Audio IPython.display.Video
os.path.getsize os.stat shutil.copy shutil.copyfile shutil.copy2 shutil.move
librosa.core.load wave.open yaml.safe_load_file dlib.shape_predictor fasttext.load_model
"""

_WRITE = """
numpy.savetxt numpy.save numpy.savez numpy.savez_compressed
matplotlib.pyplot.savefig matplotlib.pyplot.imsave matplotlib.image.imsave
imageio.imwrite imageio.imsave imageio.mimsave imageio.v2.imwrite imageio.v2.mimsave
imageio.get_writer skimage.io.imsave cv2.imwrite cv2.VideoWriter scipy.io.savemat
scipy.io.wavfile.write torch.jit.save joblib.dump soundfile.write
torchvision.utils.save_image
"""

NAME_OR_PATH = {
    "matplotlib.pyplot.style.use": ".mplstyle",
    "matplotlib.style.use": ".mplstyle",
    "PIL.ImageFont.truetype": ".ttf",
    "spacy.load": "/",
}
"""Functions that take the name of something installed, or a path: what a path has in it."""

_LIST = """
os.listdir os.scandir os.walk glob.glob glob.iglob os.chdir shutil.copytree
sys.path.append site.addsitedir
"""

CREATES = frozenset({"sqlite3.connect", "shelve.open"})
"""Functions that open what is there and make what is not."""

EFFECTS: dict[str, Effect] = {
    **dict.fromkeys(_READ.split(), "read"),
    **dict.fromkeys(_WRITE.split(), "write"),
    **dict.fromkeys(_LIST.split(), "list"),
    **dict.fromkeys(["os.mkdir", "os.makedirs"], "folder"),
    **dict.fromkeys(["open", "io.open", "codecs.open", "builtins.open", "h5py.File"], "open"),
    **dict.fromkeys(["zipfile.ZipFile", "tarfile.open", "gzip.open", "bz2.open"], "open"),
    **dict.fromkeys(["lzma.open", *CREATES], "open"),
}
"""What a function does with the path that is its first argument."""

POSITIONS: dict[str, tuple[int, Effect]] = {
    "sys.path.insert": (1, "list"),
    "torch.save": (1, "write"),
    "urllib.request.urlretrieve": (1, "write"),
    "urllib.urlretrieve": (1, "write"),
    "wget.download": (1, "write"),
    "gdown.download": (1, "write"),
    "pickle.dump": (1, "write"),
    "tensorflow.keras.utils.plot_model": (1, "write"),
}
"""Functions whose path is another argument."""

KEYWORDS = frozenset(
    {"filename", "fname", "file", "path", "filepath", "filepath_or_buffer", "io", "fp", "name",
     "root", "uri", "im", "f"}
)  # fmt: skip
"""Keywords that such a first argument goes by."""

METHODS: dict[str, Effect] = {
    "savefig": "write", "to_csv": "write", "to_excel": "write", "to_json": "write",
    "to_pickle": "write", "to_hdf": "write", "to_parquet": "write", "tofile": "write",
    "save": "write", "save_model": "write", "save_weights": "write",
    "write_html": "write", "write_image": "write",
    "load_weights": "read", "load_word2vec_format": "read",
}  # fmt: skip
"""Methods, of objects whose class is not known, whose first argument is a path whatever they belong to."""

PATH_METHODS: dict[str, Effect] = {
    "read_text": "read", "read_bytes": "read", "open": "open", "iterdir": "list", "glob": "list",
    "rglob": "list", "write_text": "write", "write_bytes": "write", "mkdir": "folder", "touch": "write",
}  # fmt: skip
"""Methods of a path that do something with it."""

DOWNLOADS = frozenset(
    {"urlretrieve", "urlopen", "download", "get_file", "get_data_home", "extractall",
     "download_and_extract_archive", "download_url", "maybe_download", "fetch_openml",
     "unpack_archive", "_fetch_remote", "snapshot_download", "hf_hub_download"}
)  # fmt: skip
"""Last names of functions that bring files from elsewhere, or unpack them."""
