from . import amount_cn, canonical, hash_chain, stage_rules
