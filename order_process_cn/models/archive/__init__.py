from . import res_company  # isort: skip
from . import order_archive_item, order_archive_entry  # isort: skip
from . import order_archive_mixin, sale_order_archive  # isort: skip
from . import order_change_request, order_edit_rule  # isort: skip
from . import mail_message, mail_tracking_value, rating_rating  # isort: skip
