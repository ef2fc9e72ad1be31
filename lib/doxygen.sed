# The headers are plain C comments: one at the margin documents what follows (the first one: the file), one behind a
# declaration documents that.
/^\/\* SPDX/d
1,2s|^/\* |/** @file\n * |
s|^/\* |/** |
s|\([^ ].*[;,({]\) */\* |\1 /**< |
