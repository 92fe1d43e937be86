from . import test_my_day, test_procedure_trial, test_procedures
