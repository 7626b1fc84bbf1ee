"""Functions and modules of scikit-image that stand elsewhere, are called otherwise, or are gone.

Source: the release notes of scikit-image 0.11 to 0.23; each row was run on Python 3.13 with 0.25, and what
0.18 still had with that.
"""

from __future__ import annotations

from typing import ClassVar

from colabify.rules.base import Example
from colabify.rules.families import Renamed, Row

_MOVED = {
    "color.grey2rgb": ("color.gray2rgb", "0.19"),
    "color.rgb2grey": ("color.rgb2gray", "0.19"),
    "data.imread": ("io.imread", "0.18"),
    "exposure.equalize": ("exposure.equalize_hist", "0.11"),
    "feature.greycomatrix": ("feature.graycomatrix", "0.21"),
    "feature.greycoprops": ("feature.graycoprops", "0.21"),
    "filter.canny": ("feature.canny", "0.13"),
    "filter.gaussian_filter": ("filters.gaussian", "0.13"),
    "filter.hsobel": ("filters.sobel_h", "0.13"),
    "filter.vsobel": ("filters.sobel_v", "0.13"),
    "filter.denoise_bilateral": ("restoration.denoise_bilateral", "0.13"),
    "filter.denoise_tv_bregman": ("restoration.denoise_tv_bregman", "0.13"),
    "filter.denoise_tv_chambolle": ("restoration.denoise_tv_chambolle", "0.13"),
    "filters.canny": ("feature.canny", "0.13"),
    "filters.gaussian_filter": ("filters.gaussian", "0.13"),
    "filters.hsobel": ("filters.sobel_h", "0.13"),
    "filters.vsobel": ("filters.sobel_v", "0.13"),
    "measure.compare_mse": ("metrics.mean_squared_error", "0.18"),
    "measure.compare_nrmse": ("metrics.normalized_root_mse", "0.18"),
    "measure.compare_psnr": ("metrics.peak_signal_noise_ratio", "0.18"),
    "measure.compare_ssim": ("metrics.structural_similarity", "0.18"),
    "measure.structural_similarity": ("metrics.structural_similarity", "0.18"),
    "measure.marching_cubes_lewiner": ("measure.marching_cubes", "0.19"),
    "morphology.watershed": ("segmentation.watershed", "0.19"),
    "restoration.nl_means_denoising": ("restoration.denoise_nl_means", "0.15"),
    "transform.hough": ("transform.hough_line", "0.12"),
    "transform.hough_peaks": ("transform.hough_line_peaks", "0.12"),
    "transform.probabilistic_hough": ("transform.probabilistic_hough_line", "0.12"),
    "util.montage2d": ("util.montage", "0.16"),
}
_OTHER_ARGUMENTS = frozenset(
    {"measure.compare_nrmse", "measure.compare_ssim", "measure.structural_similarity",
     "measure.marching_cubes_lewiner", "filter.gaussian_filter", "filters.gaussian_filter"}
)  # fmt: skip
_GONE = {
    "data.lena": ("0.12", "there is no data.lena() any more: data.astronaut() is a portrait too"),
    "data.load": ("0.18", "there is no data.load() any more: skimage.io.imread reads a file"),
    "feature.plot_matches": (
        "0.25",
        "plot_matched_features() takes its place, with other arguments",
    ),
    "feature.structure_tensor_eigvals": ("0.20", "structure_tensor_eigenvalues(A) takes its place"),
    "feature.masked_register_translation": (
        "0.19",
        "registration.phase_cross_correlation takes masks",
    ),
    "filter.threshold_adaptive": (
        "0.13",
        "image > filters.threshold_local(image, …) is what it was",
    ),
    "filters.threshold_adaptive": (
        "0.15",
        "image > filters.threshold_local(image, …) is what it was",
    ),
    "filters.inverse": (
        "0.20",
        "filters.inverse() is restoration.wiener(), or filters.LPIFilter2D",
    ),
    "io.Image": ("0.21", "images are NumPy arrays: there is no skimage.io.Image any more"),
    "io.video": ("0.12", "there is no skimage.io.video any more: imageio reads films"),
    "measure.correct_mesh_orientation": ("0.16", "marching_cubes() gives meshes that are oriented"),
    "measure.marching_cubes_classic": (
        "0.19",
        "marching_cubes(…, method='lorensen')[:2] is what it was",
    ),
    "morphology.is_local_maximum": ("0.12", "skimage.feature.peak_local_max finds maxima"),
    "novice": ("0.16", "there is no skimage.novice any more: use arrays, or Pillow's Image"),
    "segmentation.circle_level_set": (
        "0.19",
        "disk_level_set(shape, center=…, radius=…) takes its place",
    ),
    "segmentation.relabel_from_one": (
        "0.13",
        "relabel_sequential() is what relabel_from_one() was",
    ),
    "transform.seam_carve": (
        "0.15",
        "there is no seam_carve() any more: the algorithm was patented",
    ),
    "viewer": ("0.20", "there is no skimage.viewer any more: it needed a window of its own"),
}


class SkimageNames(Renamed):
    """Take from scikit-image what it has elsewhere, or under another name.

    ``skimage.measure.compare_ssim`` is ``skimage.metrics.structural_similarity``, ``skimage.filter`` is
    ``skimage.filters``.
    """

    code = "COL160"
    name = "skimage-names"
    rows: ClassVar = {
        **{f"skimage.{old}": Row(f"skimage.{new}", since=f"scikit-image {since}",
                                 shim=old not in _OTHER_ARGUMENTS)
           for old, (new, since) in _MOVED.items()},
        **{f"skimage.{old}": Row(since=f"scikit-image {since}", text=text, module="." not in old)
           for old, (since, text) in _GONE.items()},
        "skimage.filter": Row("skimage.filters", since="scikit-image 0.13", module=True),
        "skimage.morphology.selem": Row("skimage.morphology", since="scikit-image 0.23", module=True),
        "skimage.util.pad": Row("numpy.pad", since="scikit-image 0.19", binding="np"),
        "skimage.future.graph": Row(
            "skimage.graph", since="scikit-image 0.21", module=True, safety="unsafe",
            text="skimage.future.graph is skimage.graph since scikit-image 0.20"),
        "skimage.morphology.skeletonize_3d": Row(
            "skimage.morphology.skeletonize", since="scikit-image 0.25", safety="unsafe", shim=False,
            text="skeletonize() takes volumes too; of a plane it needs method='lee' for the same lines"),
        "skimage.feature.register_translation": Row(
            "skimage.registration.phase_cross_correlation", since="scikit-image 0.19", safety="unsafe",
            shim=False, text="phase_cross_correlation(a, b, normalization=None) is what "
            "register_translation(a, b) was; other arguments go by name"),
    }  # fmt: skip
    examples = (
        Example("import numpy as np\nfrom skimage.measure import compare_ssim\na = np.eye(9, dtype='uint8')\n"
                "s = compare_ssim(a, a)\n",
                "import numpy as np\nfrom skimage.metrics import structural_similarity as compare_ssim\n"
                "a = np.eye(9, dtype='uint8')\ns = compare_ssim(a, a)\n", shows="round(s, 9)"),
        Example("import numpy as np\nimport skimage.measure\na = np.eye(9)\n"
                "m = skimage.measure.compare_mse(a, 0 * a)\n",
                "import numpy as np\nimport skimage.measure\nimport skimage.metrics\na = np.eye(9)\n"
                "m = skimage.metrics.mean_squared_error(a, 0 * a)\n", shows="round(m, 9)"),
        Example("import numpy as np\nfrom skimage.feature import greycomatrix, greycoprops\n"
                "g = greycomatrix(np.eye(4, dtype='uint8'), [1], [0], levels=2)\nc = greycoprops(g)\n",
                "import numpy as np\n"
                "from skimage.feature import graycomatrix as greycomatrix, graycoprops as greycoprops\n"
                "g = greycomatrix(np.eye(4, dtype='uint8'), [1], [0], levels=2)\nc = greycoprops(g)\n",
                shows="c.tolist()"),
        Example("import numpy as np\nfrom skimage import filter\ne = filter.sobel(np.eye(5))\n",
                "import numpy as np\nfrom skimage import filters as filter\ne = filter.sobel(np.eye(5))\n"),
        Example("import numpy as np\nfrom skimage.morphology import watershed, disk\n"
                "w = watershed(np.arange(9).reshape(3, 3), np.diag([1, 0, 2]))\n",
                "import numpy as np\nfrom skimage.morphology import disk\n"
                "from skimage.segmentation import watershed\n"
                "w = watershed(np.arange(9).reshape(3, 3), np.diag([1, 0, 2]))\n",
                shows="w.tolist()"),
        Example("import numpy as np\nfrom skimage import util\nm = util.montage2d(np.ones((2, 3, 3)), 0)\n",
                "import numpy as np\nfrom skimage import util\nm = util.montage(np.ones((2, 3, 3)), 0)\n",
                shows="m.tolist()"),
        Example("from skimage.morphology.selem import disk\nd = disk(2)\n",
                "from skimage.morphology import disk\nd = disk(2)\n", shows="d.tolist()"),
        Example("from skimage import data\nimage = data.lena()\n", told="astronaut"),
        Example("from skimage import novice\npicture = novice.open('a.png')\n", told="Pillow"),
        Example("from skimage import filters, data\ne = filters.sobel(data.camera())\n"),
        Example("from skimage.metrics import structural_similarity\n"),
        Example("from skimage.measure import label, regionprops\n"),
        Example("from skimage.segmentation import watershed\n"),
        Example("from skimage.feature import graycomatrix\n"),
        Example("def compare_ssim(a, b):\n    return 1\ncompare_ssim(1, 2)\n"),
        Example("import skimage.filters\nimport numpy as np\ne = skimage.filters.gaussian(np.eye(3))\n"),
    )  # fmt: skip
