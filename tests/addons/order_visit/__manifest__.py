{
    "name": "Customer Visits",
    "summary": "An example: a document of its own on the document kit",
    "category": "Hidden",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "depends": ["order_process_cn"],
    "data": ["views/order_visit_views.xml"],
}
