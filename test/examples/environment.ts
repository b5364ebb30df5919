/** What the functions are deployed with; imported before them, since some read it as they start. */
process.env['BUS_NAME'] = 'MangaAssist-AI-Events';
process.env['MODEL_ID'] = 'anthropic.claude-3-haiku-20240307-v1:0';
process.env['QUEUE_URL'] = 'https://sqs.ap-northeast-1.amazonaws.com/123456789012/queue';
process.env['WEBHOOK_SECRET'] = 'a secret of the test';
process.env['STREAM_NAME'] = 'ai-analytics';
process.env['RULE_NAMES'] = 'MangaAssist-AllEvents-Analytics,MangaAssist-ModerationSuggestion';
