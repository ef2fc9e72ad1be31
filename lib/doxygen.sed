# The headers are plain C comments: one at the margin documents what follows (the first one: the file), one behind a
# declaration documents that.
/^\/\* SPDX/d
1,2s|^/\* |/** @file\n * |
s|^/\* |/** |
s|\([^ ].*[;,({]\) */\* |\1 /**< |
# What doxygen would take for a command or a link.
s/\\x/\\\\x/g
s/ #if / \\#if /
