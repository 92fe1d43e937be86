from . import order_people_change, order_people_watch  # isort: skip
from . import order_people_mixin, crm_team  # isort: skip
from . import order_department  # isort: skip
from . import order_fact_group, order_signer_list  # isort: skip
from . import order_review_question  # isort: skip
from . import order_review_route, order_review_stage  # isort: skip
from . import order_review_seat, order_delegation  # isort: skip
from . import order_review_route_reach, order_review_route_signers  # isort: skip
from . import order_review, order_review_flow, order_review_facts  # isort: skip
from . import order_review_barred, order_review_nobody  # isort: skip
from . import order_review_acts, order_review_panel, order_review_notice  # isort: skip
from . import order_review_task, order_review_task_mine  # isort: skip
from . import order_review_task_acts  # isort: skip
from . import order_review_task_hands, order_review_task_list  # isort: skip
from . import order_review_task_empty  # isort: skip
from . import order_review_task_notice, order_review_task_answers  # isort: skip
from . import order_review_task_nobody  # isort: skip
from . import order_review_signature  # isort: skip
from . import order_review_anchor, order_review_proof  # isort: skip
from . import order_review_amend, order_review_amend_proof  # isort: skip
from . import order_review_audit, order_review_audit_cron  # isort: skip
from . import order_review_task_proof, order_review_form  # isort: skip
from . import order_review_once, order_review_audit_people  # isort: skip
from . import mail_activity_mixin, res_groups, res_users_leaving  # isort: skip
from . import res_partner, res_users, sale_order_review  # isort: skip
from . import sale_order_content, sale_order_facts  # isort: skip
from . import order_review_outside  # isort: skip
from . import order_review_mixin_outside, sale_order_outside  # isort: skip
from . import account_payment_term_line, product_template, uom_uom  # isort: skip
