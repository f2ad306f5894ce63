# end with words for a terminal and a shell, of any length
# most: error
# stopped by: output is made clean UTF-8, and cut
sys.exit("x" * 1000000 + "\n\x1b]0;pwned\x07\x1b[2J$(touch pwned) `touch pwned`; \u202e " + "y" * 1000000)
