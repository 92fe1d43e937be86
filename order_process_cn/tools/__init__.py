from . import (
    amount_cn,
    arguments,
    canonical,
    chain_key,
    hash_chain,
    public_holidays,
    stage_rules,
    working_time,
)
