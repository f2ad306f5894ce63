# title: encoding
# what: frames become numbers for one member; NAME_encoding() is a step of
#   its pipeline. Key unscaled: for trees only; for: what must be in the data
#   for it to be promising.
# ==== scaled ====
# plan: Fill gaps by the median and mark them, scale numbers to mean 0 and
#   spread 1, one column for each category seen at least three times.
from sklearn.compose import ColumnTransformer, make_column_selector
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline as chain
from sklearn.preprocessing import OneHotEncoder, StandardScaler


def NAME_encoding():
    numbers = chain(SimpleImputer(strategy="median", add_indicator=True),
                    StandardScaler())
    texts = OneHotEncoder(handle_unknown="infrequent_if_exist",
                          min_frequency=3)
    return ColumnTransformer([
        ("numbers", numbers, make_column_selector(dtype_include="number")),
        ("texts", texts, make_column_selector(dtype_exclude="number")),
    ], sparse_threshold=0)
# ==== ordinal ====
# unscaled: yes
# plan: Numbers as they are, gaps as a number below all others; categories as
#   numbers in the order of their mean target, unseen ones in the middle.
from sklearn.base import BaseEstimator, TransformerMixin


class Ordinal(TransformerMixin, BaseEstimator):
    def fit(self, X, y):
        y = pd.Series(y, index=X.index)
        self.texts_ = list(X.select_dtypes(exclude="number").columns)
        self.order_ = {c: y.groupby(X[c]).mean().rank(pct=True)
                       for c in self.texts_}
        self.gap_ = X.select_dtypes("number").min().fillna(0) - 1
        return self

    def transform(self, X):
        new = {c: X[c].map(self.order_[c]).fillna(0.5) for c in self.texts_}
        return X.assign(**new).fillna(self.gap_).astype(float)


def NAME_encoding():
    return Ordinal()
# ==== imputed ====
# unscaled: yes
# plan: Fill gaps by the median and mark them, numbers unscaled, one column
#   for each category seen at least three times.
from sklearn.compose import ColumnTransformer, make_column_selector
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import OneHotEncoder


def NAME_encoding():
    numbers = SimpleImputer(strategy="median", add_indicator=True)
    texts = OneHotEncoder(handle_unknown="infrequent_if_exist",
                          min_frequency=3)
    return ColumnTransformer([
        ("numbers", numbers, make_column_selector(dtype_include="number")),
        ("texts", texts, make_column_selector(dtype_exclude="number")),
    ], sparse_threshold=0)
# ==== normal scores ====
# plan: Map every numeric column by its ranks to a normal distribution, which
#   tames outliers and tails; gaps by the median and marked, one column for
#   each category seen at least three times.
from sklearn.compose import ColumnTransformer, make_column_selector
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline as chain
from sklearn.preprocessing import OneHotEncoder, QuantileTransformer
from sklearn.preprocessing import StandardScaler


def NAME_encoding():
    numbers = chain(
        SimpleImputer(strategy="median", add_indicator=True),
        QuantileTransformer(n_quantiles=100, output_distribution="normal",
                            random_state=SEED), StandardScaler())
    texts = OneHotEncoder(handle_unknown="infrequent_if_exist",
                          min_frequency=3)
    return ColumnTransformer([
        ("numbers", numbers, make_column_selector(dtype_include="number")),
        ("texts", texts, make_column_selector(dtype_exclude="number")),
    ], sparse_threshold=0)
# ==== neighbours fill ====
# for: gaps
# rows: 0-3000
# plan: Fill gaps by the mean of the ten rows that are nearest in the other
#   columns, then scale; one column for each category seen at least three
#   times.
from sklearn.compose import ColumnTransformer, make_column_selector
from sklearn.impute import KNNImputer
from sklearn.pipeline import make_pipeline as chain
from sklearn.preprocessing import OneHotEncoder, StandardScaler


def NAME_encoding():
    numbers = chain(StandardScaler(), KNNImputer(n_neighbors=10))
    texts = OneHotEncoder(handle_unknown="infrequent_if_exist",
                          min_frequency=3)
    return ColumnTransformer([
        ("numbers", numbers, make_column_selector(dtype_include="number")),
        ("texts", texts, make_column_selector(dtype_exclude="number")),
    ], sparse_threshold=0)
# ==== regression fill ====
# for: gaps
# rows: 0-3000
# plan: Fill gaps by Bayesian ridge regressions on the other columns, mark
#   them, then scale; one column for each category seen at least three times.
from sklearn.compose import ColumnTransformer, make_column_selector
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.impute import IterativeImputer
from sklearn.pipeline import make_pipeline as chain
from sklearn.preprocessing import OneHotEncoder, StandardScaler


def NAME_encoding():
    fill = IterativeImputer(max_iter=3, n_nearest_features=15,
                            add_indicator=True, random_state=SEED)
    numbers = chain(StandardScaler(), fill, StandardScaler())
    texts = OneHotEncoder(handle_unknown="infrequent_if_exist",
                          min_frequency=3)
    return ColumnTransformer([
        ("numbers", numbers, make_column_selector(dtype_include="number")),
        ("texts", texts, make_column_selector(dtype_exclude="number")),
    ], sparse_threshold=0)
# ==== target means ====
# for: texts
# plan: Replace a category by the mean target of its rows, shrunk to the
#   overall mean and, for the rows it is fitted on, taken from the other four
#   fifths of them; numbers filled by the median, marked and scaled.
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.compose import ColumnTransformer, make_column_selector
from sklearn.impute import SimpleImputer
from sklearn.model_selection import KFold as Fifths
from sklearn.pipeline import make_pipeline as chain
from sklearn.preprocessing import StandardScaler


class TargetMeans(TransformerMixin, BaseEstimator):
    def means(self, column, y):
        by = pd.Series(y).groupby(column.to_numpy())
        return (by.sum() + 10 * np.mean(y)) / (by.count() + 10)

    def fit(self, X, y):
        self.mean_ = np.mean(y)
        self.maps_ = {c: self.means(X[c], y) for c in X}
        return self

    def transform(self, X):
        new = {c: X[c].map(self.maps_[c]).fillna(self.mean_) for c in X}
        return pd.DataFrame(new, index=X.index).to_numpy(float)

    def fit_transform(self, X, y):
        out = np.zeros(X.shape)
        for fit, rows in Fifths(5, shuffle=True, random_state=SEED).split(X):
            part = TargetMeans().fit(X.iloc[fit], y[fit])
            out[rows] = part.transform(X.iloc[rows])
        self.fit(X, y)
        return out


def NAME_encoding():
    numbers = chain(SimpleImputer(strategy="median", add_indicator=True),
                    StandardScaler())
    texts = chain(TargetMeans(), StandardScaler())
    return ColumnTransformer([
        ("numbers", numbers, make_column_selector(dtype_include="number")),
        ("texts", texts, make_column_selector(dtype_exclude="number")),
    ], sparse_threshold=0)
