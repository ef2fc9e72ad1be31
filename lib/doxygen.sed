# The headers are plain C comments: a block comment at the margin documents what follows, one behind a declaration
# documents that.
1s|^/\* |/** @file\n * |
s|^/\* |/** |
s|\([^ ].*[;,({]\) */\* |\1 /**< |
