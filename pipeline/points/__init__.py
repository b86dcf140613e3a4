"""Points: what two aligned articles differ in, segment by segment."""
