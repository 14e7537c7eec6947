"""The ActiveCampaign API: requests, responses, HTTP client and rate limiter."""
