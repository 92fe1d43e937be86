from . import case_portal, change_portal, document_portal, portal
