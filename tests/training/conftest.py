"""Small annotated texts of our own for training.

What needs PyTorch, ONNX or scikit-learn is skipped where the extra `train` is not installed, as in
`.ci/run`; with it (`pip install 'quotes[train]'`) everything runs.
"""
