# title: features
# what: columns made from columns; make_features() is a step of every pipeline
# ==== plain ====
# plan: Leave the columns as they are.
def make_features():
    return "passthrough"
# ==== ratios ====
# columns: 2
# plan: Add the ratio of every two of the six numeric columns that tell most
#   of the target by themselves; trees cannot divide. The columns are chosen
#   inside each fold.
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_selection import f_classif, f_regression


class Ratios(TransformerMixin, BaseEstimator):
    def fit(self, X, y):
        test = f_classif if len(np.unique(y)) <= 20 else f_regression
        numbers = X.select_dtypes("number")
        power = test(numbers.fillna(numbers.median()).fillna(0), y)[0]
        order = np.argsort(-np.nan_to_num(power), kind="stable")
        self.names_ = [numbers.columns[i] for i in order[:6]]
        return self

    def transform(self, X):
        new = {}
        for i, a in enumerate(self.names_):
            for b in self.names_[:i]:
                below = X[b].abs() + 1e-3 * (1 + X[b].abs().median())
                new[f"{a} / {b}"] = X[a] / below
        return pd.concat([X, pd.DataFrame(new, index=X.index)], axis=1)


def make_features():
    return Ratios()
# ==== clusters ====
# plan: Add the distances to ten k-means centres of the scaled numeric
#   columns, so that place and profile become features. The centres are
#   fitted inside each fold.
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.cluster import KMeans
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline as chain
from sklearn.preprocessing import StandardScaler


class Clusters(TransformerMixin, BaseEstimator):
    def fit(self, X, y=None):
        self.names_ = list(X.select_dtypes("number").columns)
        self.steps_ = chain(SimpleImputer(strategy="median"), StandardScaler(),
                            KMeans(10, n_init=2, random_state=SEED))
        self.steps_.fit(X[self.names_])
        return self

    def transform(self, X):
        far = self.steps_.transform(X[self.names_])
        new = pd.DataFrame(far, index=X.index).add_prefix("centre ")
        return pd.concat([X, new], axis=1)


def make_features():
    return Clusters()
# ==== products ====
# plan: Add the products and squares of the five numeric columns that tell
#   most of the target by themselves, centred and scaled first, which gives
#   linear models interactions and curvature.
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_selection import f_classif, f_regression


class Products(TransformerMixin, BaseEstimator):
    def fit(self, X, y):
        test = f_classif if len(np.unique(y)) <= 20 else f_regression
        numbers = X.select_dtypes("number")
        power = test(numbers.fillna(numbers.median()).fillna(0), y)[0]
        order = np.argsort(-np.nan_to_num(power), kind="stable")
        self.names_ = [numbers.columns[i] for i in order[:5]]
        self.mean_ = X[self.names_].mean()
        self.scale_ = X[self.names_].std() + 1e-9
        return self

    def transform(self, X):
        Z, new = (X[self.names_] - self.mean_) / self.scale_, {}
        for i, a in enumerate(self.names_):
            for b in self.names_[:i + 1]:
                new[f"{a} * {b}"] = Z[a] * Z[b]
        return pd.concat([X, pd.DataFrame(new, index=X.index)], axis=1)


def make_features():
    return Products()
# ==== logarithms ====
# plan: Take the logarithm of the numeric columns that are never negative and
#   have a long tail (skewness above one); scale and distance models profit.
from sklearn.base import BaseEstimator, TransformerMixin


class Logarithms(TransformerMixin, BaseEstimator):
    def fit(self, X, y=None):
        numbers = X.select_dtypes("number")
        long = (numbers.skew() > 1) & (numbers.min() >= 0)
        self.names_ = list(numbers.columns[long])
        return self

    def transform(self, X):
        return X.assign(**{c: np.log1p(X[c].clip(lower=0))
                           for c in self.names_})


def make_features():
    return Logarithms()
# ==== components ====
# plan: Add the first six principal components of the scaled numeric columns,
#   fitted inside each fold, so that trees may split along common directions.
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.decomposition import PCA
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline as chain
from sklearn.preprocessing import StandardScaler


class Components(TransformerMixin, BaseEstimator):
    def fit(self, X, y=None):
        self.names_ = list(X.select_dtypes("number").columns)
        self.steps_ = chain(SimpleImputer(strategy="median"), StandardScaler(),
                            PCA(min(6, len(self.names_)), random_state=SEED))
        self.steps_.fit(X[self.names_])
        return self

    def transform(self, X):
        new = pd.DataFrame(self.steps_.transform(X[self.names_]), X.index)
        return pd.concat([X, new.add_prefix("component ")], axis=1)


def make_features():
    return Components()
# ==== row statistics ====
# plan: Add per row the number of missing values and the mean, spread,
#   smallest and largest of its scaled numbers; cheap, and it helps where
#   columns measure alike things.
from sklearn.base import BaseEstimator, TransformerMixin


class RowStatistics(TransformerMixin, BaseEstimator):
    def fit(self, X, y=None):
        numbers = X.select_dtypes("number")
        self.names_ = list(numbers.columns)
        self.mean_, self.scale_ = numbers.mean(), numbers.std() + 1e-9
        return self

    def transform(self, X):
        Z = (X[self.names_] - self.mean_) / self.scale_
        return X.assign(**{"row missing": X.isna().sum(axis=1),
                           "row mean": Z.mean(axis=1),
                           "row spread": Z.std(axis=1),
                           "row least": Z.min(axis=1),
                           "row most": Z.max(axis=1)})


def make_features():
    return RowStatistics()
