"""The provisioning API: Webex for BroadWorks, and the workspaces that it makes."""
