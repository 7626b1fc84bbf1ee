"""Which distribution an import comes from, as `colabify.distributions` answers."""

import pytest

from colabify.distributions import distribution_for
from colabify.runtime import load_runtime

LATEST = load_runtime()


@pytest.mark.parametrize(
    ("module", "distribution"),
    [
        line.split()
        for line in """
            cv2 opencv-python
            PIL pillow
            PIL.Image pillow
            sklearn.linear_model scikit-learn
            skimage.io scikit-image
            yaml pyyaml
            bs4 beautifulsoup4
            Crypto.Cipher pycryptodome
            Cryptodome pycryptodomex
            dateutil.parser python-dateutil
            attr attrs
            OpenSSL pyopenssl
            usb pyusb
            serial pyserial
            git gitpython
            docx python-docx
            pptx python-pptx
            fitz pymupdf
            dotenv python-dotenv
            jwt pyjwt
            MySQLdb mysqlclient
            Bio.SeqIO biopython
            gym gym
            gymnasium.wrappers gymnasium
            stable_baselines3 stable-baselines3
            pytorch_lightning pytorch-lightning
            torchtext.data torchtext
            tensorflow_addons tensorflow-addons
            tensorflow_hub tensorflow-hub
            tensorflow_datasets tensorflow-datasets
            IPython.display ipython
            ipywidgets ipywidgets
            gensim.models gensim
            umap umap-learn
            hdbscan hdbscan
            igraph igraph
            community python-louvain
            mlxtend mlxtend
            imblearn.over_sampling imbalanced-learn
            xgboost xgboost
            lightgbm lightgbm
            catboost catboost
            past.builtins future
            future.utils future
            pkg_resources setuptools
            distutils.util setuptools
            slugify python-slugify
            magic python-magic
            Levenshtein levenshtein
            faiss faiss-cpu
            wx wxpython
            gi.repository pygobject
            tables tables
            netCDF4 netcdf4
            osgeo.gdal gdal
            shapefile pyshp
            matplotlib.pyplot matplotlib
            mpl_toolkits matplotlib
            mpl_toolkits.mplot3d matplotlib
            mpl_toolkits.basemap basemap
            google.colab google-colab
            google.colab.patches google-colab
            google.protobuf.text_format protobuf
            google.auth.transport google-auth
            google.cloud.storage google-cloud-storage
            google.cloud.bigquery_storage_v1 google-cloud-bigquery-storage
            google.cloud.vision_v1p3beta1.types google-cloud-vision
            google.genai google-genai
            googleapiclient.discovery google-api-python-client
            ruamel.yaml ruamel-yaml
            azure.storage.blob azure-storage-blob
            typing_extensions typing-extensions
            gspread_dataframe gspread-dataframe
            multiprocess multiprocess
            ot pot
            skfem scikit-fem
            pypfopt pyportfolioopt
            playhouse.shortcuts peewee
            SimPEG simpeg
            ipytest ipytest
            d2l.torch d2l
            zope.interface zope-interface
        """.strip().splitlines()
    ],
)
def test_well_known_import(module, distribution):
    assert distribution_for(module, LATEST, []) == distribution


@pytest.mark.parametrize(
    "module",
    [
        name
        for line in """
            absl antlr4 apiclient apt aptsources argon2 public audioop aifc chunk sunau box bs4
            cairo clang community cpuinfo cv2 cython Cython dateutil dbus dopamine dotenv ee erfa
            fontTools future gi gin googleapiclient googlesearch google_auth_oauthlib
            googledrivedownloader grpc grpc_status huggingface_hub ibis imblearn imageio_ffmpeg
            IPython jaraco.classes jupyter jwt kanren kernel_gateway keyrings.gauth lazr.uri
            linkify_it markdown_it more_itertools mpl_toolkits.axes_grid1 OpenGL OpenSSL
            opentelemetry.trace orbax.checkpoint osgeo pasta past PIL pkg_resources plum
            progressbar proto psycopg2 py pylab pycocotools pywt pyximport roman_numerals rpds
            shapefile skimage sklearn slugify snappy socks spanner_graphs sql sqlalchemy tables
            tensorflow_text tf_slim tlz torch torchgen functorch tree umap unification websocket
            yaml zmq _cffi_backend google google.api_core.exceptions google.rpc google.cloud
            google.cloud.exceptions google.cloud.firestore google.cloud.bigquery.magics
            google.ai.generativelanguage google.generativeai google.oauth2.service_account
            google.iam.v1 google.resumable_media google.cloud.resourcemanager_v3
            google.cloud.monitoring_v3 google.longrunning distutils setuptools pip pyparsing six
            tensorflow.keras.layers fasttransform
        """.strip().splitlines()
        for name in line.split()
    ],
)
def test_import_that_works_on_colab_is_not_missing(module):
    assert LATEST.has(distribution_for(module, LATEST, []))


@pytest.mark.parametrize(
    "module", ["cudf", "cuml", "cupy", "cupyx.scipy", "rmm", "pynvml", "triton"]
)
def test_import_that_works_on_a_gpu_is_not_missing(module):
    gpu = load_runtime("latest", "gpu")
    assert gpu.has(distribution_for(module, gpu, []))


@pytest.mark.parametrize(
    ("module", "requirements", "distribution"),
    [
        pytest.param(
            "cv2", ["OpenCV_Contrib_Python"], "opencv-contrib-python", id="another provider"
        ),
        pytest.param("psycopg2", [], "psycopg2", id="the runtime's provider"),
        pytest.param(
            "psycopg2", ["psycopg2-binary"], "psycopg2-binary", id="required before the runtime's"
        ),
        pytest.param("sklearn", ["sklearn"], "scikit-learn", id="dead name of a requirement"),
        pytest.param("twitter", ["twitter"], "twitter", id="required of two that share a name"),
        pytest.param("faiss", ["faiss-gpu"], "faiss-cpu", id="requirement without wheels"),
        pytest.param("thinkstats2", ["ThinkStats2"], "thinkstats2", id="only required"),
        pytest.param("my_lib.sub", ["my.lib"], "my-lib", id="required, other spelling"),
        pytest.param("paste.deploy", ["Paste_Deploy"], "paste-deploy", id="required, dotted"),
        pytest.param(
            "gradio.client", ["gradio-client"], "gradio", id="package before its dotted name"
        ),
        pytest.param(
            "google.cloud.newest",
            ["google-cloud-newest"],
            "google-cloud-newest",
            id="shared package",
        ),
    ],
)
def test_requirements_decide(module, requirements, distribution):
    assert distribution_for(module, LATEST, requirements) == distribution


@pytest.mark.parametrize(
    ("module", "requirements"),
    [
        pytest.param("cs231n.classifiers", [], id="local module"),
        pytest.param("utils", [], id="utils"),
        pytest.param("dataset", [], id="name that is more often local"),
        pytest.param("google.cloud.newest", [], id="below a shared package"),
        pytest.param("azure", [], id="shared package itself"),
        pytest.param("mylib", ["my-lib"], id="requirement that only resembles it"),
        pytest.param("os.path", [], id="standard library"),
        pytest.param("pathlib", ["pathlib"], id="standard library, and required"),
    ],
)
def test_unknown_name_is_not_guessed(module, requirements):
    assert distribution_for(module, LATEST, requirements) is None


@pytest.mark.parametrize(
    ("runtime", "distribution"),
    [("2025.07", None), ("2025.10", "setuptools"), ("latest", "setuptools")],
)
def test_distutils_is_standard_only_where_it_is(runtime, distribution):
    assert distribution_for("distutils.core", load_runtime(runtime), []) == distribution


def test_what_only_another_image_has_is_known():
    tpu = load_runtime("latest", "tpu")
    assert distribution_for("bokeh.plotting", tpu, []) == "bokeh"
    assert not tpu.has("bokeh")
