"""AC Desktop puts donors onto an ActiveCampaign list, from a workstation."""

__version__ = "0.1.0"
