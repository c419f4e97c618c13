"""The whole public record as one Data Package (https://datapackage.org/, version 2)."""
