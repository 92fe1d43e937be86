from . import (
    amount_cn,
    arguments,
    canonical,
    chain_key,
    hash_chain,
    paper_blocks,
    paper_layout,
    public_holidays,
    stage_rules,
    working_time,
)
