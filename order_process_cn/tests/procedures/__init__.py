from . import test_procedure_trial, test_procedures
