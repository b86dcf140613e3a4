"""Fuzzing: seeded inputs made to break readers, hand-edited files, pages and queries; `make fuzz`."""
