# title: gaussian process
# tier: 4
# rows: 0-600
# encoding: scaled
# ==== smooth process ====
# when: regression
# plan: A Gaussian process with a smooth kernel and noise, both fitted.
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel


def NAME():
    kernel = ConstantKernel(1.0) * RBF(5.0) + WhiteKernel(0.3)
    return GaussianProcessRegressor(kernel, normalize_y=True, alpha=1e-6,
                                    random_state=SEED)
# ==== rough process ====
# when: regression
# plan: A Gaussian process with a Matern kernel, which allows kinks.
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import ConstantKernel, Matern
from sklearn.gaussian_process.kernels import WhiteKernel


def NAME():
    kernel = ConstantKernel(1.0) * Matern(5.0, nu=1.5) + WhiteKernel(0.3)
    return GaussianProcessRegressor(kernel, normalize_y=True, alpha=1e-6,
                                    random_state=SEED)
# ==== noisy process ====
# when: regression
# plan: A Gaussian process of fixed length and much noise: very smooth, quick.
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF


def NAME():
    return GaussianProcessRegressor(RBF(6.0), normalize_y=True, alpha=0.7,
                                    optimizer=None, random_state=SEED)
# ==== noisy rough process ====
# when: regression
# plan: A Gaussian process of fixed length and much noise that allows kinks.
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import Matern


def NAME():
    return GaussianProcessRegressor(Matern(8.0, nu=1.5), normalize_y=True,
                                    alpha=0.5, optimizer=None,
                                    random_state=SEED)
# ==== close process ====
# when: regression
# plan: A Gaussian process of fixed length and little noise, which follows the
#   data closely.
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import Matern


def NAME():
    return GaussianProcessRegressor(Matern(4.0, nu=2.5), normalize_y=True,
                                    alpha=0.1, optimizer=None,
                                    random_state=SEED)
