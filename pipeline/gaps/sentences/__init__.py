"""What a gap and its points say, in Chinese: one sentence each, written from the rules.

In     a matter, what holds on either side, outcome and contrast
Out    sentences
May import: core, language, gaps
"""
