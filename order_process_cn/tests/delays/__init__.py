from . import test_delay_reports
