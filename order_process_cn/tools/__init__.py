from . import (
    amount_cn,
    canonical,
    hash_chain,
    public_holidays,
    stage_rules,
    working_time,
)
