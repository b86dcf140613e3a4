"""Gold annotations, training of the models, and the figures that they reach.

In     corpus/gold/, rows of a build of the annotated texts
Out    corpus/models/, figures on the terminal
May import: core, language, extraction, similarity, alignment, gaps, reviews. Of scikit-learn: metrics, calibration and folds.
"""
