"""The ActiveCampaign API: its calls, what its answers mean, and the pace an account may be asked at."""
