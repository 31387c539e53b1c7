"""What the trainings share: the corpora as they read them, which articles are held out, the network, the regression.

It is no part of the library: ``python training/train_*.py`` finds it beside itself.
"""
