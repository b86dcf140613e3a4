"""What several tests share: sample files, small corpora, builds, the served site, a browser."""
