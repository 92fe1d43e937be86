from . import change_portal, document_portal, portal
