"""Forged requests: what tells a page's own request from one that another site had the browser send."""
