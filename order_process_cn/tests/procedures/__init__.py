from . import test_procedures
