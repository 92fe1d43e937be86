from . import test_demand_plans, test_demand_roads
