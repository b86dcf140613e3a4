"""Types of the arrays that features and similarities are computed in."""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

FloatArray: TypeAlias = NDArray[np.float64]
SparseMatrix: TypeAlias = Any  # scipy.sparse.csr_matrix, which has no types
IndexArray: TypeAlias = NDArray[np.intp]
