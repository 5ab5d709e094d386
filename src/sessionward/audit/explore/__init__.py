"""Finding one's way in an app that was never seen: screens, forms, flows."""
