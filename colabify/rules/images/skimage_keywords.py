"""Keyword arguments of scikit-image's functions that are called otherwise.

Source: the release notes of scikit-image 0.19 (``channel_axis=``, ``footprint=``, ``num_iter=``) and 0.21,
which took the old names away; each was run on Python 3.13 with 0.25, and the old one with 0.18.
"""

from __future__ import annotations

from typing import ClassVar

from colabify.rules.base import Example
from colabify.rules.families import Keyword, Keywords

_CHANNELS = Keyword("channel_axis", since="scikit-image 0.21",
                    text="multichannel=True is channel_axis=-1 now, multichannel=False channel_axis=None",
                    values={"True": "-1", "False": "None", "1": "-1", "0": "None"}, only=True)  # fmt: skip
_OF_CHANNELS = (
    "exposure.match_histograms", "feature.hog", "filters.gaussian", "filters.unsharp_mask",
    "measure.compare_ssim", "metrics.structural_similarity", "restoration.cycle_spin",
    "restoration.denoise_bilateral", "restoration.denoise_nl_means", "restoration.denoise_tv_bregman",
    "restoration.denoise_tv_chambolle", "restoration.denoise_wavelet", "restoration.estimate_sigma",
    "restoration.inpaint_biharmonic", "segmentation.felzenszwalb", "segmentation.random_walker",
    "transform.pyramid_expand", "transform.pyramid_gaussian", "transform.pyramid_laplacian",
    "transform.pyramid_reduce", "transform.rescale", "util.apply_parallel", "util.montage",
)  # fmt: skip
_FOOTPRINT = Keyword("footprint", since="scikit-image 0.21")
_OF_FOOTPRINTS = (
    *(f"morphology.{name}" for name in (
        "binary_closing", "binary_dilation", "binary_erosion", "binary_opening", "black_tophat", "closing",
        "dilation", "erosion", "flood", "flood_fill", "h_maxima", "h_minima", "local_maxima",
        "local_minima", "opening", "reconstruction", "white_tophat")),
    *(f"filters.rank.{name}" for name in (
        "autolevel", "enhance_contrast", "entropy", "equalize", "geometric_mean", "gradient", "majority",
        "maximum", "mean", "mean_bilateral", "median", "minimum", "modal", "noise_filter", "otsu", "pop",
        "subtract_mean", "sum", "threshold", "windowed_histogram")),
    "filters.median", "segmentation.flood", "segmentation.flood_fill",
)  # fmt: skip
_NEIGHBORS = Keyword("connectivity", since="scikit-image 0.18",
                     text="neighbors=4 is connectivity=1 now, and 8 is the default",
                     values={"4": "1", "8": "None"}, only=True)  # fmt: skip
_RENAMED = {
    "feature.hog(visualise)": ("visualize", "0.16"),
    "filters.rank.entropy(selem)": ("footprint", "0.21"),
    "io.imread(as_grey)": ("as_gray", "0.16"),
    "measure.compare_nrmse(norm_type)": ("normalization", "0.18"),
    "measure.compare_ssim(dynamic_range)": ("data_range", "0.14"),
    "measure.compare_psnr(dynamic_range)": ("data_range", "0.14"),
    "restoration.denoise_tv_chambolle(n_iter_max)": ("max_num_iter", "0.21"),
    "restoration.richardson_lucy(iterations)": ("num_iter", "0.21"),
    "segmentation.active_contour(bc)": ("boundary_condition", "0.16"),
    "segmentation.active_contour(max_iterations)": ("max_num_iter", "0.21"),
    "segmentation.chan_vese(max_iter)": ("max_num_iter", "0.21"),
    "segmentation.morphological_chan_vese(iterations)": ("num_iter", "0.21"),
    "segmentation.morphological_geodesic_active_contour(iterations)": ("num_iter", "0.21"),
    "segmentation.slic(max_iter)": ("max_num_iter", "0.21"),
    "transform.iradon(filter)": ("filter_name", "0.21"),
}


def _told(since: str, text: str) -> Keyword:
    return Keyword(since=f"scikit-image {since}", text=text, safety="report")


class SkimageKeywords(Keywords):
    """Give the arguments of scikit-image's functions the names that they have since 0.19.

    ``multichannel=True`` is ``channel_axis=-1``, ``selem=`` is ``footprint=``, ``visualise=`` is
    ``visualize=``.
    """

    code = "COL161"
    name = "skimage-keywords"
    rows: ClassVar = {
        **{f"skimage.{name}(multichannel)": _CHANNELS for name in _OF_CHANNELS},
        **{f"skimage.{name}(selem)": _FOOTPRINT for name in _OF_FOOTPRINTS},
        **{f"skimage.{name}": Keyword(new, since=f"scikit-image {since}")
           for name, (new, since) in _RENAMED.items()},
        "skimage.measure.label(neighbors)": _NEIGHBORS,
        "skimage.morphology.label(neighbors)": _NEIGHBORS,
        "skimage.segmentation.slic(multichannel)": Keyword(
            "channel_axis", since="scikit-image 0.21", values={"True": "-1", "False": "None"}, only=True),
        "skimage.util.random_noise(seed)": Keyword(
            "rng", since="scikit-image 0.23", safety="unsafe", text="seed= is rng= since scikit-image 0.21"),
        "skimage.draw.random_shapes(multichannel)": _CHANNELS,
        "skimage.feature.peak_local_max(indices)": _told(
            "0.20", "peak_local_max() gives coordinates only: "
            "mask = numpy.zeros_like(image, bool); mask[tuple(coordinates.T)] = True"),
        "skimage.color.gray2rgb(alpha)": _told("0.19", "gray2rgba() adds an alpha channel now"),
        "skimage.morphology.remove_small_objects(in_place)": _told(
            "0.21", "write the result into an array with out=, or take what is returned"),
        "skimage.segmentation.clear_border(in_place)": _told(
            "0.21", "write the result into an array with out=, or take what is returned"),
        "skimage.segmentation.active_contour(coordinates)": Keyword(
            since="scikit-image 0.18", drop=True, only=True, values={"'rc'": "'rc'"},
            text="coordinates are rows and columns now"),
    }  # fmt: skip
    examples = (
        Example("import numpy as np\nfrom skimage.filters import gaussian\n"
                "g = gaussian(np.ones((4, 4, 3)), 1, multichannel=True)\n",
                "import numpy as np\nfrom skimage.filters import gaussian\n"
                "g = gaussian(np.ones((4, 4, 3)), 1, channel_axis=-1)\n", shows="g.round(6).tolist()"),
        Example("import numpy as np\nfrom skimage import morphology\n"
                "e = morphology.erosion(np.ones((4, 4)), selem=morphology.disk(1))\n",
                "import numpy as np\nfrom skimage import morphology\n"
                "e = morphology.erosion(np.ones((4, 4)), footprint=morphology.disk(1))\n",
                shows="e.tolist()"),
        Example("import numpy as np\nfrom skimage.feature import hog\n"
                "h, picture = hog(np.ones((32, 32)), visualise=True)\n",
                "import numpy as np\nfrom skimage.feature import hog\n"
                "h, picture = hog(np.ones((32, 32)), visualize=True)\n", shows="h.shape"),
        Example("import numpy as np\nfrom skimage.measure import label\n"
                "n = label(np.eye(3), neighbors=4).max()\n",
                "import numpy as np\nfrom skimage.measure import label\n"
                "n = label(np.eye(3), connectivity=1).max()\n",
                shows="int(n)"),
        Example("import numpy as np\nfrom skimage.restoration import richardson_lucy\n"
                "r = richardson_lucy(np.ones((5, 5)), np.ones((3, 3)) / 9, iterations=2)\n",
                "import numpy as np\nfrom skimage.restoration import richardson_lucy\n"
                "r = richardson_lucy(np.ones((5, 5)), np.ones((3, 3)) / 9, num_iter=2)\n", shows="r.shape"),
        Example("import numpy as np\nfrom skimage.util import random_noise\n"
                "n = random_noise(np.ones((3, 3)), seed=3)\n",
                "import numpy as np\nfrom skimage.util import random_noise\n"
                "n = random_noise(np.ones((3, 3)), rng=3)\n",
                unsafe=True, shows="n.shape"),
        Example("import numpy as np\nfrom skimage.feature import peak_local_max\n"
                "m = peak_local_max(np.eye(5), indices=False)\n", told="coordinates"),
        Example("import numpy as np\nfrom skimage.filters import gaussian\n"
                "g = gaussian(np.ones((4, 4, 3)), 1, channel_axis=-1)\n"),
        Example("import numpy as np\nfrom skimage.filters import gaussian\ncolour = True\n"
                "g = gaussian(np.ones((4, 4, 3)), 1, multichannel=colour)\n"),
        Example("import numpy as np\nfrom skimage.measure import label\nlabel(np.eye(3), connectivity=2)\n"),
        Example("from scipy.ndimage import label\nimport skimage\ndef f(x):\n"
                "    return label(x, structure=None)\n"),
        Example("from skimage import data\ndef f(image, multichannel):\n    return image\n"
                "f(data.coins(), multichannel=True)\n"),
        Example("import numpy as np\nfrom skimage import morphology\n"
                "morphology.erosion(np.ones((4, 4)), morphology.disk(1))\n"),
        Example("from sklearn.neighbors import KNeighborsClassifier\nimport skimage\n"
                "k = KNeighborsClassifier(n_neighbors=4)\n"),
    )  # fmt: skip
