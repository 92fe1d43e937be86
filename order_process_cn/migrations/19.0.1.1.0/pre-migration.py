"""What has to be kept before the new fields are made: since when something is in force,
on which paper a form is printed, how often it was printed."""

from odoo.tools.sql import column_exists, create_column, rename_column

IN_FORCE = {
    "order_review_route": "switched_on_at",
    "order_deposit_rule": "used_since",
}


def migrate(cr, version):
    for table, column in IN_FORCE.items():
        if column_exists(cr, table, column):
            rename_column(cr, table, column, "in_force_since")
    _keep_papers(cr)
    _keep_prints(cr)


def _keep_papers(cr):
    """The paper of a form was that of its report, which an upgrade writes anew."""
    if not column_exists(cr, "order_form", "paperformat_id"):
        create_column(cr, "order_form", "paperformat_id", "int4")
        cr.execute(
            """
            UPDATE order_form form SET paperformat_id = report.paperformat_id
              FROM ir_act_report_xml report
             WHERE report.id = form.report_id
               AND report.paperformat_id IS DISTINCT FROM (
                   SELECT res_id FROM ir_model_data
                    WHERE module = 'order_process_cn' AND name = 'paperformat_a4')
            """
        )
    cr.execute(
        """
        UPDATE ir_model_data SET noupdate = true
         WHERE module = 'order_process_cn' AND model = 'report.paperformat'
        """
    )


def _keep_prints(cr):
    """Prints were counted on each copy, they are rows of their own now."""
    if column_exists(cr, "order_form_issue", "print_count"):
        cr.execute(
            """
            CREATE TABLE order_form_print_before AS
            SELECT form_id, res_model, res_id, max(print_count) AS count,
                   max(printed_on) AS printed_on, min(issued_by_id) AS user_id
              FROM order_form_issue
             WHERE print_count > 0
             GROUP BY form_id, res_model, res_id
            """
        )
        cr.execute(
            """
            ALTER TABLE order_form_issue
             DROP COLUMN print_count, DROP COLUMN printed_on
            """
        )
