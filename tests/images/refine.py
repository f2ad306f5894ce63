# Features: the ink in each direction from the middle of the shape, as a spectrum
def features(name):
    grey = np.asarray(Image.open(f"input/images/{name}.png").convert("L"), float)
    rim = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    grey -= np.median(rim)
    ink = np.clip(grey / np.abs(grey).max() * np.sign(grey[8:16, 8:16].sum()), 0, 1)
    inside = ink > 0.5
    row, column = (where.mean() for where in np.nonzero(inside))
    rows, columns = np.mgrid[:ink.shape[0], :ink.shape[1]]
    radius = np.hypot(rows - row, columns - column)
    angle = np.arctan2(rows - row, columns - column)
    ring = np.histogram(angle, 24, (-np.pi, np.pi), weights=ink)[0]
    spectrum = np.abs(np.fft.rfft(ring))
    return np.concatenate([10 * spectrum / spectrum[0], [inside.sum() / 50,
        radius[inside].max(), 10 * radius[inside].std() / radius[inside].mean()]])
