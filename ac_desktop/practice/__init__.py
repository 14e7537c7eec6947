"""The practice account: a stand-in ActiveCampaign on this computer."""
