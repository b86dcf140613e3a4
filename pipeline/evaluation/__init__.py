"""Gold annotations, training of the models, and the figures that they reach.

In     corpus/gold/, rows of a build of the annotated texts
Out    corpus/models/, figures on the terminal
May import: everything above but database and curation; of scikit-learn its metrics, calibration and folds
"""
