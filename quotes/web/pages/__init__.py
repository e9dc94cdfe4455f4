"""The pages, one module per group: each asks the store and fills a template."""
