"""The provisioning API of Webex for BroadWorks, as a client."""
