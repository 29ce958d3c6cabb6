const tally = { receive() {} }
