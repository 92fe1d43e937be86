from . import document_portal, portal
