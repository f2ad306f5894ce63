# title: target
# when: regression
# what: the scale on which members are trained; forward() before fitting,
#   backward() after predicting. Neither learns anything from the data.
# ==== as it is ====
# plan: Train on the target as it is.
def forward(y):
    return y


def backward(p):
    return p
# ==== logarithm ====
# plan: Train on log(1 + y), so that relative errors count alike; negative
#   values keep their sign.
def forward(y):
    return np.sign(y) * np.log1p(np.abs(y))


def backward(p):
    return np.sign(p) * np.expm1(np.minimum(np.abs(p), 50))
# ==== square root ====
# plan: Train on the square root of the target, halfway to the logarithm;
#   negative values keep their sign.
def forward(y):
    return np.sign(y) * np.sqrt(np.abs(y))


def backward(p):
    return np.sign(p) * p ** 2
# ==== clipped ====
# unless: rmsle
# plan: Train on the target as it is and clip predictions to the range seen
#   in training.
def forward(y):
    return y


def backward(p):
    return np.clip(p, y.min(), y.max())
# ==== cube root ====
# plan: Train on the cube root of the target, stronger than the square root
#   and defined for negative values.
def forward(y):
    return np.cbrt(y)


def backward(p):
    return p ** 3
# ==== clipped logarithm ====
# plan: Train on log(1 + y) and clip predictions to the range seen in
#   training, so that no extrapolation explodes.
def forward(y):
    return np.sign(y) * np.log1p(np.abs(y))


def backward(p):
    low, high = forward(y.min()), forward(y.max())
    p = np.clip(p, low, high)
    return np.sign(p) * np.expm1(np.abs(p))
