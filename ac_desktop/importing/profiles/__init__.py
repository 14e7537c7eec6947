"""Export profiles: the services that are recognised, their headings and fields."""
