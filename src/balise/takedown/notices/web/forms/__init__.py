"""What people type: into a notice (`writing`), on the `desk`, on the `public` pages."""
