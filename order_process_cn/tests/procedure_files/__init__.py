from . import test_procedure_files
