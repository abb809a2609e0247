"""What people type in procurement's pages."""
