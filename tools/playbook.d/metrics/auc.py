# title: auc
# direction: higher
# labels: probability
# names: area under the receiver operating characteristic curve, area under the
#   roc curve, area under the curve, area under roc, roc auc, roc-auc, roc_auc,
#   auc-roc, auroc, auc roc, auc
from sklearn.metrics import roc_auc_score


def score(y, p):
    if len(classes) == 2:
        return roc_auc_score(y, p[:, 1])
    return roc_auc_score(y, p, multi_class="ovr", labels=range(len(classes)))
