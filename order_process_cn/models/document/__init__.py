from . import ir_rule, order_document_mixin, order_document_views

from . import order_document_line_mixin  # isort: skip
from . import order_document_goods_mixin  # isort: skip
from . import order_document_sold_mixin  # isort: skip
from . import order_case_mixin, order_case_portal_mixin  # isort: skip
from . import sale_order_documents  # isort: skip
